using System.IO.Compression;
using System.Reflection;

namespace AirportOps.Reference.Sources;

/// <summary>The files of this assembly.</summary>
internal static class EmbeddedFile
{
    /// <summary>The content of a file of <c>Data/</c>, decompressed where its name ends in <c>.gz</c>.</summary>
    internal static byte[] Read(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly carries no resource {name}.");
        using var content = new MemoryStream();
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            gzip.CopyTo(content);
        }
        else
        {
            file.CopyTo(content);
        }

        return content.ToArray();
    }
}
