using Npgsql;

namespace AirportOps.Warehouse.Redshift;

/// <summary>What Redshift's errors mean.</summary>
internal static class RedshiftErrors
{
    /// <summary>
    /// Serializable isolation violation (1023) and its kin. Through Npgsql 1023 comes as SQLSTATE XX000 with the number in the message
    /// (npgsql/npgsql#1339); the other two texts are those that dbt's adapter retries on.
    /// </summary>
    private static readonly string[] Conflicts =
    [
        "1023",
        "Serializable isolation violation",
        "could not complete because of conflict with concurrent transaction",
        "could not open relation with OID",
    ];

    /// <summary>Whether an error's text speaks of a conflict with a concurrent transaction: the whole transaction may be run again.</summary>
    internal static bool IsConflict(string? message) =>
        message is not null && Array.Exists(Conflicts, conflict => message.Contains(conflict, StringComparison.OrdinalIgnoreCase));

    /// <summary>The same of what the driver threw. Only an internal error may carry 1023: in any other it may be a value.</summary>
    internal static bool IsConflict(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
        PostgresErrorCodes.InternalError => IsConflict(error.MessageText),
        _ => IsConflict(error.MessageText) && !error.MessageText.Contains("1023", StringComparison.Ordinal),
    };
}
