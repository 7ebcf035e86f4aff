namespace AirportOps.Testing;

/// <summary>The sources that a test was built from.</summary>
public static class Repository
{
    /// <summary>Their folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>The folder that <c>tests/setup</c> installs into.</summary>
    public static string Installed => Path.Combine(Root, "artifacts");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AirportOps.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie below the folder of AirportOps.sln.");
        }

        return folder.FullName;
    }
}
