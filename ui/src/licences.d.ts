declare module "virtual:licences" {
  /** What others wrote: its name, its licence's name, and which of the texts belong to it. */
  export const components: readonly {
    readonly from: "cargo" | "npm";
    readonly name: string;
    readonly version: string;
    readonly licence: string;
    readonly texts: readonly number[];
  }[];
  /** Every licence text once. */
  export const texts: readonly string[];
}
