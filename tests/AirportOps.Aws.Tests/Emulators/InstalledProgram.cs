namespace AirportOps.Aws.Tests.Emulators;

/// <summary>A program of this machine that <c>tests/setup</c> installs. Where it is missing its tests are skipped, but on a build server they fail.</summary>
internal static class InstalledProgram
{
    /// <summary>Where it is.</summary>
    /// <param name="name">Its name on the PATH.</param>
    internal static string Require(string name)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        var missing = $"{name} is not installed; see tests/setup";
        Assert.False(path is null && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(path is null, missing);
        return path!;
    }
}
