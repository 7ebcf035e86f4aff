namespace AirportOps.Benchmarks;

/// <summary>Where the repository lies and where benchmarks leave what they write.</summary>
internal static class RepositoryFolder
{
    /// <summary>The folder of the solution.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>A folder for inputs, outputs and results, ignored by git.</summary>
    internal static string Results { get; } = Path.Combine(Root, "artifacts", "benchmarks");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AirportOps.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No AirportOps.sln above {AppContext.BaseDirectory}; start the benchmarks with ./dev bench.");
    }
}
