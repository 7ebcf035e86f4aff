namespace AirportOps.Cleaning.Fields;

/// <summary>How a field's value is read.</summary>
internal enum FieldKind : byte
{
    /// <summary>Read by a rule of its own: event_id, event_type, the designator.</summary>
    Special,

    /// <summary>Text in the case it came in.</summary>
    Text,

    /// <summary>Text in upper case.</summary>
    UpperText,

    /// <summary>One letter, upper case.</summary>
    Letter,

    Airline,
    Airport,

    /// <summary>A flight's designator, kept as one text.</summary>
    Designator,
    Integer,

    /// <summary>A whole number of minutes, with or without a unit.</summary>
    IntegerMinutes,

    /// <summary>Minutes, with or without a unit.</summary>
    DecimalMinutes,

    /// <summary>Kilograms, with or without a unit.</summary>
    Kilograms,

    Instant,
    Date,

    /// <summary>Ten digits.</summary>
    BagTag,

    /// <summary>A word that is compared without case.</summary>
    PlainWord,

    /// <summary>A word that has aliases and is compared as keys are.</summary>
    AliasWord,
}
