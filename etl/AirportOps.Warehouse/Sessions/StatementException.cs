using AirportOps.Reliability;
using Npgsql;

namespace AirportOps.Warehouse.Sessions;

/// <summary>
/// A statement that failed, or whose answer did not come. <see cref="Fault.Ours"/>: its transaction is undone and may work when it is run again as a
/// whole, after a conflict with another above all.
/// </summary>
public sealed class StatementException : WarehouseException
{
    private readonly string _location;

    /// <summary>Makes one.</summary>
    /// <param name="location">Where the warehouse is.</param>
    /// <param name="reason">What it said, without a full stop.</param>
    /// <param name="fault">Whose fault it is.</param>
    /// <param name="innerException">The cause, or null.</param>
    internal StatementException(string location, string reason, Fault fault, Exception? innerException)
        : base($"The warehouse at {location} refused a statement: {reason}.", fault, innerException) => (_location, Reason) = (location, reason);

    /// <summary>What the warehouse said, without a full stop.</summary>
    public string Reason { get; }

    /// <summary>What the database answered; null when no answer came, or none of the database.</summary>
    public StatementRefusal? Refusal { get; init; }

    /// <summary>The exception for whom the statement was run.</summary>
    /// <param name="what">What goes behind "The warehouse at LOCATION".</param>
    internal WarehouseException As(string what) => new($"The warehouse at {_location} {what}: {Reason}. {Advice(Refusal?.SqlState, Fault)}", Fault, this);

    /// <summary>What to do about an error, a sentence.</summary>
    internal static string Advice(string? sqlState, Fault fault) => sqlState switch
    {
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn =>
            "Run './airportops migrate up' first.",
        _ when fault is not Fault.Operator => "Try again a little later.",
        _ => "Check the warehouse's setting and its server.",
    };
}

/// <summary>How a database said no to a statement.</summary>
/// <param name="SqlState">The error's class by SQL's standard; null where it is not told.</param>
/// <param name="Position">The character of the statement it is about, from 1; 0 when it is about none.</param>
/// <param name="StatementIndex">Which of several statements it was, from 0; the first where that is not known.</param>
public sealed record StatementRefusal(string? SqlState, int Position, int StatementIndex);
