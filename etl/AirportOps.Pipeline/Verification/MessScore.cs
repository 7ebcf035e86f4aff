namespace AirportOps.Pipeline.Verification;

/// <summary>
/// How the cleaner did on one kind of mess. What it says of an event is its mark: the repair of that name (any <c>dropped_FIELD</c> for
/// <c>dropped_field</c>), the reason of a refusal (any <c>missing_FIELD</c>, <c>bad_FIELD</c>), a duplicate, a row with extras; a row without any repair is
/// <c>clean</c>. Marks are compared event by event, but for duplicates, of which only the number is stored.
/// </summary>
public sealed record MessScore
{
    /// <summary>The kind, as a ledger names it.</summary>
    public required string Kind { get; init; }

    /// <summary>Events of the ledger that the mess was made of.</summary>
    public required long Events { get; init; }

    /// <summary>Marks that the ledger expects; one event's mess may call for others than its own, or for several.</summary>
    public required long Expected { get; init; }

    /// <summary>Marks that the cleaner gave.</summary>
    public required long Given { get; init; }

    /// <summary>Marks given as expected.</summary>
    public required long Right { get; init; }

    /// <summary>Rows that the ledger expects of events of this kind.</summary>
    public required long Rows { get; init; }

    /// <summary>Of these rows, those in Silver with every value equal.</summary>
    public required long EqualRows { get; init; }

    /// <summary>Share of the marks given that are right, 0 to 1; null where none was given, as for <c>late</c>, which leaves no mark.</summary>
    public double? Precision => Share(Right, Given);

    /// <summary>Share of the marks expected that were given, 0 to 1; null where none is expected.</summary>
    public double? Recall => Share(Right, Expected);

    /// <summary>Share of the rows with every value as expected, 0 to 1; null where no row is expected.</summary>
    public double? Equality => Share(EqualRows, Rows);

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
