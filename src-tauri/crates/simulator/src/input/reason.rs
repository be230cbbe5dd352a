/// The language of refusals, from the header `hl`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    #[default]
    English,
    Russian,
}

impl Language {
    pub(crate) fn of(headers: &axum::http::HeaderMap) -> Self {
        match headers.get("hl").and_then(|value| value.to_str().ok()) {
            Some(value) if value.to_ascii_lowercase().starts_with("ru") => Self::Russian,
            _ => Self::English,
        }
    }

    pub(crate) fn choose<'a>(self, english: &'a str, russian: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Russian => russian,
        }
    }
}

/// Why one field was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Required,
    RequiredWithout(&'static str),
    ProhibitedWith(&'static str),
    NotText,
    TooLong(usize),
    NotAnInteger,
    TooSmall(u64),
    TooLarge(u64),
    NotABoolean,
    NotADate,
    NotInTheFuture,
    NotAList,
    TooMany(usize),
    /// The value names nothing that exists here.
    NotFound,
    NotOneOf,
    WrongCredentials,
    WrongCaptcha,
}

impl Reason {
    pub(crate) fn text(&self, field: &str, language: Language) -> String {
        match language {
            Language::English => self.english(field),
            Language::Russian => self.russian(field),
        }
    }

    fn english(&self, field: &str) -> String {
        match self {
            Self::Required => format!("The {field} field is required."),
            Self::RequiredWithout(other) => {
                format!("The {field} field is required when {other} is not present.")
            }
            Self::ProhibitedWith(other) => {
                format!("The {field} field is prohibited when {other} is present.")
            }
            Self::NotText => format!("The {field} must be a string."),
            Self::TooLong(most) => format!("The {field} must not be longer than {most} characters."),
            Self::NotAnInteger => format!("The {field} must be an integer."),
            Self::TooSmall(least) => format!("The {field} must be at least {least}."),
            Self::TooLarge(most) => format!("The {field} must not be greater than {most}."),
            Self::NotABoolean => format!("The {field} field must be true or false."),
            Self::NotADate => format!("The {field} is not a valid date."),
            Self::NotInTheFuture => format!("The {field} must be a date after now."),
            Self::NotAList => format!("The {field} must be an array."),
            Self::TooMany(most) => format!("The {field} must not have more than {most} items."),
            Self::NotFound | Self::NotOneOf => format!("The selected {field} is invalid."),
            Self::WrongCredentials => "These credentials do not match our records.".to_owned(),
            Self::WrongCaptcha => "The captcha is not read correctly.".to_owned(),
        }
    }

    fn russian(&self, field: &str) -> String {
        match self {
            Self::Required => format!("Поле {field} обязательно для заполнения."),
            Self::RequiredWithout(other) => format!("Поле {field} обязательно, когда {other} не указано."),
            Self::ProhibitedWith(other) => format!("Поле {field} недопустимо вместе с {other}."),
            Self::NotText => format!("Поле {field} должно быть строкой."),
            Self::TooLong(most) => format!("Поле {field} не может быть длиннее {most} символов."),
            Self::NotAnInteger => format!("Поле {field} должно быть целым числом."),
            Self::TooSmall(least) => format!("Поле {field} должно быть не меньше {least}."),
            Self::TooLarge(most) => format!("Поле {field} должно быть не больше {most}."),
            Self::NotABoolean => format!("Поле {field} должно быть логическим значением."),
            Self::NotADate => format!("Поле {field} не является датой."),
            Self::NotInTheFuture => format!("В поле {field} должна быть дата в будущем."),
            Self::NotAList => format!("Поле {field} должно быть массивом."),
            Self::TooMany(most) => format!("В поле {field} не может быть больше {most} элементов."),
            Self::NotFound | Self::NotOneOf => format!("Выбранное значение для {field} некорректно."),
            Self::WrongCredentials => "Неверное имя пользователя или пароль.".to_owned(),
            Self::WrongCaptcha => "Символы с картинки введены неверно.".to_owned(),
        }
    }
}
