using System.Collections.Concurrent;

namespace AirportOps.Pipeline.Batch;

/// <summary>Work that any worker may do next. Safe for concurrent use.</summary>
internal sealed class WorkQueue
{
    private readonly ConcurrentQueue<Action> _work = new();

    internal void Add(Action work) => _work.Enqueue(work);

    /// <summary>Does one piece of work; false when there is none.</summary>
    internal bool TryRunOne()
    {
        if (!_work.TryDequeue(out var work))
        {
            return false;
        }

        work();
        return true;
    }
}
