using System.Text.Json;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Windows;

/// <summary>The bytes of a manifest.</summary>
internal static class ManifestFormat
{
    internal static byte[] Write(WindowManifest manifest)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(manifest with { Sha256 = null }, WindowJson.Default.WindowManifest);
        return manifest.Version < WindowManifest.FirstSealedVersion ? content : SealedJson.Seal(content);
    }

    /// <exception cref="PipelineException">Not a manifest, not as it was written, one of another window, or one of a later layout.</exception>
    internal static WindowManifest Read(WindowId window, ReadOnlyMemory<byte> content)
    {
        var key = window.ManifestKey;
        WindowManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(content.Span, WindowJson.Default.WindowManifest);
        }
        catch (JsonException damaged)
        {
            throw Damaged($"is damaged: {damaged.Message}", damaged);
        }

        return manifest switch
        {
            null => throw Damaged("is empty.", null),
            { Version: > WindowManifest.CurrentVersion } => throw new PipelineException(
                $"The window manifest {key} has layout {manifest.Version}; this program knows up to {WindowManifest.CurrentVersion}. Use a newer one.",
                Fault.Operator,
                null),
            { Version: < 1 } or { Version: < WindowManifest.FirstSealedVersion, Sha256: not null } => throw Damaged("has no layout that there ever was.", null),
            { Version: < WindowManifest.FirstSealedVersion } => Checked(manifest with { Generation = WindowId.FirstGeneration, Sha256 = SealedJson.HashOf(content.Span) }),
            _ when SealedJson.Verify(content.Span) is null => throw Damaged("is not as it was written: its SHA-256 is another.", null),
            _ => Checked(manifest),
        };

        WindowManifest Checked(WindowManifest read) => read.Id == window
            ? read
            : throw Damaged($"is that of window {read.Id}: one was copied over the other.", null);

        PipelineException Damaged(string how, Exception? cause) =>
            new($"The window manifest {key} {how} {StoredObject.Remedy}", Fault.Operator, cause);
    }
}
