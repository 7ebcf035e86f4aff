namespace AirportOps.Cleaning.Columns;

/// <summary>The type of a Silver column.</summary>
#pragma warning disable CA1720 // The names are those of the types in the files.
public enum ColumnType
{
    /// <summary>UTF-8 text; a <see cref="Utf8Column"/>.</summary>
    Utf8,

    /// <summary>A 32-bit integer; an <see cref="Int32Column"/>.</summary>
    Int32,

    /// <summary>A 64-bit floating-point number; a <see cref="DoubleColumn"/>.</summary>
    Double,

    /// <summary>Days since 1970-01-01; an <see cref="Int32Column"/>.</summary>
    Date,

    /// <summary>Microseconds since 1970-01-01 UTC; an <see cref="Int64Column"/>.</summary>
    Instant,
}
#pragma warning restore CA1720
