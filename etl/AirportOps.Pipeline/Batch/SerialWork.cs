namespace AirportOps.Pipeline.Batch;

/// <summary>Work that is done in the order in which it was added, one piece at a time, by whichever worker is free. Safe for concurrent use.</summary>
/// <param name="queue">The workers' queue.</param>
internal sealed class SerialWork(WorkQueue queue)
{
    private readonly Lock _guard = new();
    private readonly Queue<Action> _pieces = new();
    private bool _isQueued;

    internal void Add(Action piece)
    {
        lock (_guard)
        {
            _pieces.Enqueue(piece);
            if (_isQueued)
            {
                return;
            }

            _isQueued = true;
        }

        queue.Add(RunNext);
    }

    private void RunNext()
    {
        Action piece;
        lock (_guard)
        {
            piece = _pieces.Dequeue();
        }

        piece();
        lock (_guard)
        {
            _isQueued = _pieces.Count > 0;
            if (!_isQueued)
            {
                return;
            }
        }

        queue.Add(RunNext);
    }
}
