namespace AirportOps.Warehouse.Tests;

internal static class TestFolder
{
    /// <summary>A new folder that the server's account can enter, which those of the test runner need not be.</summary>
    internal static DirectoryInfo Create()
    {
        var folder = Directory.CreateTempSubdirectory("ao-");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        }

        return folder;
    }
}
