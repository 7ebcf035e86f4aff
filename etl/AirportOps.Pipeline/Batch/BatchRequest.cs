namespace AirportOps.Pipeline.Batch;

/// <summary>What a batch is asked to clean.</summary>
/// <param name="Inputs">The files, in order; see <see cref="BatchInputs.Find"/>.</param>
/// <param name="AreBronze">Whether they are Bronze objects, whose lines say where and when each record arrived.</param>
/// <param name="OutputDirectory">The folder of the result; created where it is not there.</param>
/// <param name="Force">Whether a complete result of other files in that folder is replaced; one of the same files always is.</param>
public sealed record BatchRequest(IReadOnlyList<BatchInput> Inputs, bool AreBronze, string OutputDirectory, bool Force);
