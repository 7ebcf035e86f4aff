using AirportOps.Pipeline;
using AirportOps.Reliability;

namespace AirportOps.Cli.Feeding;

/// <summary>
/// Files that could not be read whole: each is said in one line when it happens, the others are read, and the run fails at its end.
/// </summary>
/// <param name="error">Takes the lines.</param>
internal sealed class FileFailures(TextWriter error)
{
    private int _count;
    private FaultException? _only;

    /// <summary>Does something with a file, and notes it where that fails.</summary>
    /// <typeparam name="TFailure">What says that the file can't be read; anything else ends the run.</typeparam>
    /// <param name="isOnly">Whether there is no other file: its failure then is the run's.</param>
    /// <param name="work">What to do.</param>
    internal async Task CatchAsync<TFailure>(bool isOnly, Func<Task> work)
        where TFailure : FaultException
    {
        try
        {
            await work();
        }
        catch (TFailure failure)
        {
            _count++;
            if (isOnly)
            {
                _only = failure;
            }
            else
            {
                await error.WriteLineAsync(failure.Message.ReplaceLineEndings(" "));
            }
        }
    }

    /// <summary>Ends the run with a failure where there was one.</summary>
    /// <exception cref="FaultException">That of the only file, or one that says how many failed.</exception>
    internal void ThrowIfAny()
    {
        if (_count > 0)
        {
            throw _only ?? new PipelineException(
                $"{(_count == 1 ? "One file" : $"{_count} files")} could not be used, as said above; the others are sent.", Fault.Operator, null);
        }
    }
}
