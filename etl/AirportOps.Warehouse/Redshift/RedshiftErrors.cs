using System.Text.RegularExpressions;
using Npgsql;

namespace AirportOps.Warehouse.Redshift;

/// <summary>What Redshift's errors mean.</summary>
internal static partial class RedshiftErrors
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

    /// <summary>Reads what the Data API says of a statement that failed, as <c>ERROR: relation "x" does not exist\n  Position: 15</c>.</summary>
    /// <returns>On one line, without a full stop; the position in the statement, from 1, or 0.</returns>
    internal static (string Message, int Position) Read(string? error)
    {
        if (string.IsNullOrWhiteSpace(error))
        {
            return ("it failed without a reason", 0);
        }

        var position = Position().Match(error);
        var message = position.Success ? error.Remove(position.Index, position.Length) : error;
        return (
            string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', ';'),
            position.Success && int.TryParse(position.Groups[1].ValueSpan, out var at) ? at : 0);
    }

    /// <summary>What Redshift says of values that an expression or a type does not take, and of rows that match twice.</summary>
    private static readonly string[] OfData =
    [
        "overflow", "out of range", "division by zero", "divide by zero", "value too long", "invalid input syntax", "invalid digit", "invalid operation: numeric", "cannot insert a null",
        "found multiple matches",
    ];

    /// <summary>The class of an error that came without: those that callers tell apart.</summary>
    internal static string? SqlState(string message) => Missing().Match(message).Groups[1].Value.ToLowerInvariant() switch
    {
        "relation" => PostgresErrorCodes.UndefinedTable,
        "schema" => PostgresErrorCodes.InvalidSchemaName,
        "column" => PostgresErrorCodes.UndefinedColumn,
        _ when message.Contains("permission denied", StringComparison.OrdinalIgnoreCase) => PostgresErrorCodes.InsufficientPrivilege,
        _ => Array.Exists(OfData, words => message.Contains(words, StringComparison.OrdinalIgnoreCase)) ? PostgresErrorCodes.DataException : null,
    };

    [GeneratedRegex(@"\b(relation|schema|column)\b.+does not exist", RegexOptions.IgnoreCase)]
    private static partial Regex Missing();

    [GeneratedRegex(@"\s*;?\s*Position:\s*(\d+);?")]
    private static partial Regex Position();
}
