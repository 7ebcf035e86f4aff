using System.Text.Json;
using System.Text.Json.Serialization;

namespace AirportOps.Cli.Health;

/// <summary>What a running verb says of itself every few seconds.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Process">Its process id, as its container counts.</param>
/// <param name="Started">When it started.</param>
/// <param name="Written">When it said this.</param>
/// <param name="Stages">Its stages.</param>
internal sealed record HealthFile(string Verb, int Process, DateTimeOffset Started, DateTimeOffset Written, IReadOnlyList<StageBeat> Stages)
{
    /// <summary>Reads a health file; null where there is none.</summary>
    /// <exception cref="IOException">The file holds something else.</exception>
    internal static HealthFile? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), HealthJson.Default.HealthFile)
                ?? throw new IOException($"{path} is no health file: it holds null.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException other)
        {
            throw new IOException($"{path} is no health file: {other.Message}", other);
        }
    }

    /// <summary>Writes a health file in place of the one before; a reader sees the one or the other, whole.</summary>
    internal void Write(string path)
    {
        var next = path + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(this, HealthJson.Default.HealthFile));
        File.Move(next, path, overwrite: true);
    }

    /// <summary>
    /// What is wrong at a time, in one line; null when all is well. A process whose clock doesn't tick any more is known after a minute; a stage may be silent
    /// for as long as it waits out an outage or works on one thing.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="atMost">How long a stage may be silent.</param>
    internal string? Fault(DateTimeOffset now, TimeSpan atMost)
    {
        var limit = atMost < Heartbeat.TimeToHang ? atMost : Heartbeat.TimeToHang;
        if (now - Written > limit)
        {
            return FormattableString.Invariant($"{Verb} (process {Process}) has said nothing for {(now - Written).TotalSeconds:0} s: it hangs, or was killed");
        }

        return Stages.FirstOrDefault(stage => !stage.IsDone && now - stage.LastSign > atMost) is { } silent
            ? FormattableString.Invariant($"{Verb}: the stage {silent.Stage} has not moved for {(now - silent.LastSign).TotalSeconds:0} s")
            : null;
    }
}

/// <summary>Health files as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HealthFile))]
internal sealed partial class HealthJson : JsonSerializerContext;
