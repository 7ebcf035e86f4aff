namespace AirportOps.Benchmarks.Comparison;

/// <summary>One of those compared, and what its runs took.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Command">Program and arguments; the same for every run.</param>
/// <param name="Output">The folder it writes, emptied before every run; null when it writes none.</param>
internal sealed record Contestant(string Name, IReadOnlyList<string> Command, string? Output)
{
    private readonly List<ProcessCost> _costs = [];

    /// <summary>The median of its runs' seconds.</summary>
    internal double Seconds => Median(cost => cost.Seconds);

    /// <summary>The median of its runs' processor seconds.</summary>
    internal double CpuSeconds => Median(cost => cost.CpuSeconds);

    /// <summary>The median of its runs' peak memory.</summary>
    internal double PeakBytes => Median(cost => cost.PeakBytes);

    /// <summary>Runs it once more.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(Output))
        {
            Directory.Delete(Output, recursive: true);
        }

        _costs.Add(await MeasuredProcess.RunAsync(Command, cancellationToken));
    }

    /// <summary>Bytes of what it wrote last: of the Parquet files below a folder of that name, or of all Parquet files and the quarantine.</summary>
    internal long OutputBytes(string? entity) => Output is null
        ? 0
        : new DirectoryInfo(Output).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => entity is null
                ? file.Extension is ".parquet" or ".gz"
                : file.Extension == ".parquet" && file.FullName.Contains($"/{entity}/", StringComparison.Ordinal))
            .Sum(file => file.Length);

    private double Median(Func<ProcessCost, double> of)
    {
        var sorted = _costs.Select(of).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
