using System.Diagnostics.CodeAnalysis;

namespace AirportOps.Parquet;

/// <summary>The column types of the profile. Each is a physical type with its logical type and the legacy converted type beside it.</summary>
[SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "These are the format's names of the types.")]
public enum ParquetType
{
    /// <summary>BYTE_ARRAY, STRING, UTF8.</summary>
    Utf8,

    /// <summary>INT32 without annotation: signed.</summary>
    Int32,

    /// <summary>INT64 without annotation: signed.</summary>
    Int64,

    /// <summary>DOUBLE.</summary>
    Double,

    /// <summary>INT32, DATE: days since 1970-01-01, negative before.</summary>
    Date,

    /// <summary>INT64, TIMESTAMP(isAdjustedToUTC = true, MICROS), TIMESTAMP_MICROS: microseconds since 1970-01-01T00:00:00Z.</summary>
    TimestampMicros,
}
