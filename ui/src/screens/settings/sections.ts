/** The parts of the settings, in their order; the address names one to open there. */
export const SECTIONS = ["general", "servers", "data", "about"] as const;
export type SectionName = (typeof SECTIONS)[number];
