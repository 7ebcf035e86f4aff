using System.Text.Json;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Batch;

/// <summary>Reads what <c>clean</c> has made.</summary>
public static class CleanedFolder
{
    /// <summary>The manifest of a result.</summary>
    /// <param name="directory">The folder given to <c>clean</c> as <c>--out</c>.</param>
    /// <exception cref="PipelineException">The folder holds no complete result, or one of a later layout.</exception>
    public static CleanManifest ReadManifest(string directory)
    {
        var path = Path.Combine(directory, CleanManifest.FileName);
        CleanManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), CleanManifestJson.Default.CleanManifest);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PipelineException($"{directory} holds no complete result of 'clean': there is no {CleanManifest.FileName}. Run 'clean' again.", Fault.Operator, missing);
        }
        catch (Exception damaged) when (damaged is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"{path} can't be read: {damaged.Message} Run 'clean' again.", Fault.Operator, damaged);
        }

        return manifest switch
        {
            null => throw new PipelineException($"{path} is empty. Run 'clean' again.", Fault.Operator, null),
            { Version: > CleanManifest.CurrentVersion } => throw new PipelineException(
                $"{path} has layout {manifest.Version}; this program knows up to {CleanManifest.CurrentVersion}. Use a newer one.", Fault.Operator, null),
            _ => manifest,
        };
    }
}
