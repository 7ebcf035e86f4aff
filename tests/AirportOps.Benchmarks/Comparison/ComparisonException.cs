namespace AirportOps.Benchmarks.Comparison;

/// <summary>Something that the comparison needs is missing or can't run; the message is the one line to print.</summary>
internal sealed class ComparisonException(string message) : Exception(message);
