using AirportOps.Cleaning.Codes;
using AirportOps.Reference;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// Cleans files on all cores into one folder: Silver and the quarantine as a stream's cleaning writes them, few files, and a manifest. The result
/// follows from the input alone, byte for byte, however many cores clean it: of equal event_ids the first in the order of the input is the row.
/// </summary>
/// <remarks>Memory: at most 48 bytes an event for the ids up to <see cref="BatchRequest.IdsInMemory"/> and 2 for those beyond, and a bounded rest.</remarks>
/// <param name="reference">The reference tables to clean with.</param>
/// <param name="progress">Records, events, rows, duplicates, refused; input read; outputs and bytes: of Parquet files.</param>
public sealed class BatchCleaner(ReferenceTables reference, StageProgress progress)
{
    private readonly CodeTables _codes = new(reference);

    /// <summary>Chunks, buffers and workers.</summary>
    internal BatchLimits Limits { get; init; } = new();

    /// <summary>Called before each change of the file system.</summary>
    internal Action BeforeStep { get; init; } = () => { };

    /// <summary>Opens standard input.</summary>
    internal Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Cleans, and publishes the result once it is whole.</summary>
    /// <returns>What was made.</returns>
    /// <exception cref="PipelineException">An input can't be read or is damaged, or the folder can't be written or holds something else.</exception>
    public async Task<CleanManifest> RunAsync(BatchRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var sources = BatchSources.Order(request.Inputs, request.AreBronze, request.Firehose, request.AcceptGaps);
            using var folder = OutputFolder.Open(request.OutputDirectory, sources, request.Force, BeforeStep);
            try
            {
                using var run = new BatchRun(request, sources, reference, _codes, folder, Limits, StandardInput, progress);
                var manifest = await run.RunAsync(cancellationToken).ConfigureAwait(false);
                folder.Publish(manifest);
                PipelineMetrics.Count(manifest);
                progress.Complete();
                return manifest;
            }
            catch
            {
                folder.Discard();
                throw;
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(
                $"The result can't be written to {request.OutputDirectory}: {unwritable.Message} Make room or name another --out, and run it again.",
                Fault.Operator,
                unwritable);
        }
    }
}
