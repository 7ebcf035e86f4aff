using System.Diagnostics.CodeAnalysis;

namespace AirportOps.DuckDb;

/// <summary>Column types of a result (<c>duckdb_type</c> of duckdb.h) that <see cref="DuckDbSession"/> hands out.</summary>
[SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "These are DuckDB's names of the types.")]
public enum DuckDbType
{
    Boolean = 1,
    Integer = 4,
    BigInt = 5,
    UnsignedBigInt = 9,
    Double = 11,

    /// <summary>Microseconds since 1970 without a zone.</summary>
    Timestamp = 12,

    /// <summary>Days since 1970.</summary>
    Date = 13,
    Varchar = 17,

    /// <summary>Microseconds since 1970 in UTC.</summary>
    TimestampTz = 31,
}
