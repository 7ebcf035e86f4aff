namespace AirportOps.Cleaning.Oracle.Keys;

/// <summary>How a field's value is read.</summary>
internal enum FieldKind
{
    Text,
    UpperText,
    Letter,
    TypeWord,
    ScanPoint,
    Service,
    Status,
    Cause,
    Phase,
    Airline,
    Airport,
    Designator,
    Integer,
    Minutes,
    DecimalMinutes,
    Kilograms,
    BagTag,
    Instant,
    Date,
}
