using System.Security.Cryptography;

namespace AirportOps.Cli.Tests.Support;

/// <summary>The files below a folder as sorted lines of path and hash, which are equal when the trees are, byte for byte.</summary>
internal static class Tree
{
    internal static IReadOnlyList<string> Of(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => $"{Path.GetRelativePath(folder, path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}")
            .Order(StringComparer.Ordinal),
    ];
}
