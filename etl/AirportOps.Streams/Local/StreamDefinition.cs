using System.Text.Json;
using System.Text.Json.Serialization;
using AirportOps.Reliability;

namespace AirportOps.Streams;

/// <summary>What a stream on disk is, in its <c>stream.json</c>.</summary>
/// <param name="Format">Version of the layout, 1.</param>
/// <param name="Shards">Number of shards, which decides where a key goes and so never changes.</param>
internal sealed record StreamDefinition(int Format, int Shards)
{
    private const int CurrentFormat = 1;

    /// <summary>Gives the number of shards; creates the stream when there is none, also when several try at once.</summary>
    public static int ReadOrCreate(string directory, int shardCount)
    {
        var path = Path.Combine(directory, "stream.json");
        if (!File.Exists(path))
        {
            Create(directory, path, shardCount);
        }

        var definition = JsonSerializer.Deserialize(File.ReadAllBytes(path), StreamDefinitionJson.Default.StreamDefinition)!;
        return definition is { Format: CurrentFormat, Shards: >= 1 and <= 1000 }
            ? definition.Shards
            : throw new StreamException(
                $"The stream in '{directory}' has format {definition.Format} with {definition.Shards} shards; this program knows format"
                + $" {CurrentFormat} with 1 to 1000: use the version that made it.",
                Fault.Operator,
                null);
    }

    private static void Create(string directory, string path, int shardCount)
    {
        DurableDirectory.Create(directory, directory);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var file = FileModes.OpenPrivate(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
        {
            var definition = new StreamDefinition(CurrentFormat, shardCount);
            RandomAccess.Write(file, JsonSerializer.SerializeToUtf8Bytes(definition, StreamDefinitionJson.Default.StreamDefinition), 0);
            RandomAccess.FlushToDisk(file);
        }

        if (!DurableDirectory.TryRename(temporary, path))
        {
            File.Delete(temporary);
        }

        DurableDirectory.Flush(directory);
    }
}

/// <summary>The definition's JSON, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StreamDefinition))]
internal sealed partial class StreamDefinitionJson : JsonSerializerContext;
