namespace AirportOps.Benchmarks.Comparison;

/// <summary>What a process took from start to end.</summary>
/// <param name="Seconds">On the wall's clock.</param>
/// <param name="CpuSeconds">Of all its threads, user and system.</param>
/// <param name="PeakBytes">Most memory resident at a time.</param>
internal sealed record ProcessCost(double Seconds, double CpuSeconds, long PeakBytes);
