using System.Runtime.CompilerServices;
using AirportOps.Lake;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>The quarantine of one shard as the manifests had it at one moment.</summary>
/// <param name="lake">The lake.</param>
/// <param name="stream">The stream.</param>
/// <param name="shard">The shard; its pseudo-shard of replays belongs to it.</param>
internal sealed class ShardQuarantine(ILake lake, string stream, string shard)
{
    private readonly List<WindowObject> _objects = [];
    private readonly Dictionary<QuarantineReference, QuarantineResolution> _resolved = [];

    /// <summary>The stream.</summary>
    internal string Stream { get; } = stream;

    /// <summary>The shard.</summary>
    internal string Shard { get; } = shard;

    /// <summary>The newest replay window seen; 0 for none. What is resolved is known up to this one.</summary>
    internal long NewestReplay { get; private set; }

    /// <summary>Takes what a window's manifest says of the quarantine.</summary>
    /// <exception cref="PipelineException">The manifest is damaged.</exception>
    internal void Add(WindowManifest window)
    {
        _objects.AddRange(window.Quarantine);
        if (!ReplayShard.IsReplay(window.Shard))
        {
            return;
        }

        NewestReplay = window.Ordinal;
        foreach (var lines in window.Replayed?.Lines ?? [])
        {
            Resolve(lines.Key, lines.Rows, new QuarantineResolution(ResolutionKind.Row, window.Id.BatchId));
            Resolve(lines.Key, lines.Duplicates, new QuarantineResolution(ResolutionKind.Duplicate, window.Id.BatchId));
        }
    }

    /// <summary>The lines that match, in the order of windows.</summary>
    /// <exception cref="PipelineException">An object is damaged.</exception>
    internal async IAsyncEnumerable<QuarantineEntry> ReadAsync(
        QuarantineFilter filter,
        bool withResolved,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in _objects.Where(file => filter.MayMatch(file.Key)))
        {
            long line = 0;
            await foreach (var refused in QuarantineReader.ReadAsync(lake, file, cancellationToken).ConfigureAwait(false))
            {
                var reference = new QuarantineReference(file.Key, ++line);
                var resolution = _resolved.GetValueOrDefault(reference);
                if ((resolution is null || withResolved) && filter.Matches(reference, refused))
                {
                    yield return new QuarantineEntry(reference, Stream, refused, resolution);
                }
            }
        }
    }

    private void Resolve(string key, string? lines, QuarantineResolution resolution)
    {
        foreach (var line in QuarantineReference.Of(key, lines))
        {
            _resolved[line] = resolution;
        }
    }
}
