using AirportOps.Cleaning;
using AirportOps.Cleaning.Seen;
using AirportOps.Parquet;
using AirportOps.Pipeline.Firehose;

namespace AirportOps.Pipeline.Batch;

/// <summary>What a batch is asked to clean.</summary>
/// <param name="Inputs">The files, in order; see <see cref="BatchInputs.Find"/>.</param>
/// <param name="AreBronze">
/// Whether they are Bronze objects: ours, whose lines say where and when each record arrived, or a delivery stream's, known by their names.
/// </param>
/// <param name="OutputDirectory">The folder of the result; created where it is not there.</param>
/// <param name="Force">Whether a complete result of other files in that folder is replaced; one of the same files always is.</param>
public sealed record BatchRequest(IReadOnlyList<BatchInput> Inputs, bool AreBronze, string OutputDirectory, bool Force)
{
    /// <summary>
    /// How a delivery stream's objects delimit records; given, Bronze objects of any name but ours are taken for a delivery stream's. Null by
    /// default: only those named as it names them, and each shows its delimiter.
    /// </summary>
    public FirehoseDelimiter? Firehose { get; init; }

    /// <summary>Limits of the cleaner and profiles of sources; the published rules by default.</summary>
    public CleanerOptions Cleaning { get; init; } = new();

    /// <summary>
    /// Whether Bronze objects that were archived between two of the inputs may be missing, as when only some days are cleaned; false by default: the
    /// hole is named.
    /// </summary>
    public bool AcceptGaps { get; init; }

    /// <summary>How the Parquet files are laid out; the profile that Redshift loads by default.</summary>
    public ParquetWriterOptions Layout { get; init; } = new() { Checksums = true };

    /// <summary>
    /// Ids of accepted events in memory above which they go to disk, beside the result; from 1. 2,097,152 by default, which are at most 96 MiB. Changes
    /// no byte of the result.
    /// </summary>
    public int IdsInMemory { get; init; } = SeenLimit.DefaultInMemory;
}
