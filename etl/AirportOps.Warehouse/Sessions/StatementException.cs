using Npgsql;

namespace AirportOps.Warehouse.Sessions;

/// <summary>A statement that failed, or whose answer did not come.</summary>
public sealed class StatementException : WarehouseException
{
    private readonly string _location;

    /// <summary>Makes one.</summary>
    /// <param name="location">Where the warehouse is.</param>
    /// <param name="reason">What it said, without a full stop.</param>
    /// <param name="isTransient">Whether the same may work a little later.</param>
    /// <param name="innerException">The cause, or null.</param>
    internal StatementException(string location, string reason, bool isTransient, Exception? innerException)
        : base($"The warehouse at {location} refused a statement: {reason}.", isTransient, innerException) => (_location, Reason) = (location, reason);

    /// <summary>What the warehouse said, without a full stop.</summary>
    public string Reason { get; }

    /// <summary>The error's class by SQL's standard; null where it is not told, as when there was no answer.</summary>
    public string? SqlState { get; init; }

    /// <summary>The character of the statement it is about, from 1; 0 when it is about none.</summary>
    public int Position { get; init; }

    /// <summary>Which of several statements it was, from 0; the first where that is not known.</summary>
    public int StatementIndex { get; init; }

    /// <summary>Whether the database answered and said no, as opposed to being out of reach.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether its transaction is undone and may work when it is run again as a whole: a conflict with another, above all.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>The exception for whom the statement was run.</summary>
    /// <param name="what">What goes behind "The warehouse at LOCATION".</param>
    internal WarehouseException As(string what) => new($"The warehouse at {_location} {what}: {Reason}. {Advice(SqlState, IsTransient)}", IsTransient, this);

    /// <summary>What to do about an error, a sentence.</summary>
    internal static string Advice(string? sqlState, bool isTransient) => sqlState switch
    {
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn =>
            "Run './airportops migrate up' first.",
        _ when isTransient => "Try again a little later.",
        _ => "Check the warehouse's setting and its server.",
    };
}
