namespace AirportOps.Cleaning.Oracle.Values;

/// <summary>What reading a field gave: a value, nothing (neither value nor fault), or a fault.</summary>
/// <param name="Value">The clean value; null for none.</param>
/// <param name="Fault">Why there is none though something was given; null without fault.</param>
/// <param name="Repairs">The repairs it took.</param>
internal sealed record FieldReading(object? Value, Fault? Fault, IReadOnlyList<string> Repairs)
{
    public static FieldReading Absent { get; } = new(null, null, []);

    public static FieldReading NullToken { get; } = new(null, null, ["null_token"]);

    public static FieldReading Bad { get; } = new(null, Values.Fault.Bad, []);

    public static FieldReading Unknown { get; } = new(null, Values.Fault.Unknown, []);

    public static FieldReading Of(object value, params string[] repairs) => new(value, null, repairs);

    public static FieldReading Of(object value, bool isTrimmed, params string[] repairs) =>
        new(value, null, isTrimmed ? [.. repairs, "trimmed"] : repairs);
}

/// <summary>Why a value that was given is none.</summary>
internal enum Fault
{
    /// <summary>It can't be read or is out of its range.</summary>
    Bad,

    /// <summary>A code that no reference row has.</summary>
    Unknown,
}
