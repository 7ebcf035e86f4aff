namespace AirportOps.Containers.Tests;

/// <summary>The repository that these tests belong to.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    internal static string Root { get; } = Find();

    /// <summary>A path in it.</summary>
    internal static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AirportOps.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
