using System.Text.Json;

namespace AirportOps.Pipeline.Windows;

/// <summary>The bytes of a manifest.</summary>
internal static class ManifestFormat
{
    internal static byte[] Write(WindowManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, WindowJson.Default.WindowManifest);

    /// <exception cref="PipelineException">Not a manifest, or one of a later layout.</exception>
    internal static WindowManifest Read(string key, ReadOnlySpan<byte> content)
    {
        WindowManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(content, WindowJson.Default.WindowManifest);
        }
        catch (JsonException damaged)
        {
            throw new PipelineException($"The window manifest {key} is damaged: {damaged.Message} Rebuild Silver from Bronze.", false, damaged);
        }

        return manifest switch
        {
            null => throw new PipelineException($"The window manifest {key} is empty. Rebuild Silver from Bronze.", false, null),
            { Version: > WindowManifest.CurrentVersion } => throw new PipelineException(
                $"The window manifest {key} has layout {manifest.Version}; this program knows up to {WindowManifest.CurrentVersion}. Use a newer one.",
                false,
                null),
            _ => manifest,
        };
    }
}
