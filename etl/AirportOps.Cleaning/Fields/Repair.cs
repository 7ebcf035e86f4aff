namespace AirportOps.Cleaning.Fields;

/// <summary>The repairs that are not the dropping of a field.</summary>
internal enum Repair
{
    KeyAlias,
    Trimmed,
    NumberText,
    NullToken,
    StatusAlias,
    CauseAlias,
    PhaseAlias,
    CodeAlias,
    Designator,
    TimeFormat,
    LocalTime,
    DateFormat,
    Unit,
    Unwrapped,
    BadUtf8,
    DerivedEventId,
    DerivedDate,
    DerivedType,
    SourceProfile,
    DroppedExtras,
}
