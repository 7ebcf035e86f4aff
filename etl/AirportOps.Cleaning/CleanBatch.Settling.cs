using System.Numerics;
using System.Text;
using AirportOps.Cleaning.Reading;
using AirportOps.Cleaning.Seen;
using AirportOps.Cleaning.Text;

namespace AirportOps.Cleaning;

/// <summary>
/// Asking for ids after the cleaning instead of during it: so batches can be cleaned side by side, and asked for in the order of the input.
/// </summary>
public sealed partial class CleanBatch
{
    private readonly List<UnsettledRow> _unsettled = [];
    private byte[] _originals = [];
    private int _originalBytes;

    /// <summary>
    /// Asks for the ids of records cleaned without <see cref="SeenEvents"/>, in their order. After it the batch holds what it would hold
    /// had they been cleaned with it: duplicates are counted and no longer rows, conflicts stand among the refusals at their place.
    /// </summary>
    /// <param name="seen">The ids accepted so far; those of new rows are added.</param>
    /// <param name="told">Told of each row, its index and what was found, while it still stands in its set; null for nobody.</param>
    /// <exception cref="InvalidOperationException">The batch has rows whose ids were asked for already.</exception>
    public void Settle(SeenEvents seen, Action<RowSet, int, SeenOutcome>? told = null)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (_unsettled.Count != _acceptedCount)
        {
            throw new InvalidOperationException("Ids of rows in this batch were asked for already; clean a batch without SeenEvents and settle it once.");
        }

        var kept = 0;
        var conflicts = 0;
        for (var i = 0; i < _acceptedCount; i++)
        {
            var outcome = seen.TryAccept(_accepted[i]);
            told?.Invoke(_unsettled[i].Set, _unsettled[i].Row, outcome);
            if (outcome == SeenOutcome.New)
            {
                _accepted[kept++] = _accepted[i];
                continue;
            }

            var row = _unsettled[i];
            Drop(row);
            if (outcome == SeenOutcome.Duplicate)
            {
                Duplicates++;
                continue;
            }

            var id = Encoding.UTF8.GetString(row.Set.EventIdOf(row.Row));
            var raw = _originals.AsSpan(row.OriginalStart, row.OriginalLength);
            Insert(row.RefusalsBefore + conflicts++, EventCleaner.Conflict(id, row.Set.OriginOf(row.Row), raw));
        }

        var hasDropped = kept < _acceptedCount;
        _acceptedCount = kept;
        ClearUnsettled();
        if (hasDropped)
        {
            RemoveDropped();
        }
    }

    /// <summary>Adds an event as a row for now; its original bytes are kept in case it turns out to be a conflict.</summary>
    internal void AddUnsettled(
        CleanEvent values, Slice? repairs, Workspace workspace, in RecordOrigin origin, in AcceptedEvent accepted, Slice raw)
    {
        Add(values, repairs, workspace, origin, accepted);
        var set = _latest[(int)values.Entity]!;
        _unsettled.Add(new UnsettledRow(set, set.Count - 1, _refusals.Count, _originalBytes, raw.Length, values.Repairs));
        var end = checked(_originalBytes + raw.Length);
        if (end > _originals.Length)
        {
            Array.Resize(ref _originals, Math.Max(end, (int)Math.Min(2L * _originals.Length, Array.MaxLength)));
        }

        workspace[raw].CopyTo(_originals.AsSpan(_originalBytes));
        _originalBytes = end;
    }

    private void Drop(UnsettledRow row)
    {
        row.Set.Drop(row.Row);
        Rows--;
        for (var left = row.Repairs; left != 0; left &= left - 1)
        {
            _repairs[BitOperations.TrailingZeroCount(left)]--;
        }
    }

    private void Insert(int at, Refusal refusal)
    {
        Add(refusal);
        _refusals.RemoveAt(_refusals.Count - 1);
        _refusals.Insert(at, refusal);
    }

    private void RemoveDropped()
    {
        _reach = default;
        foreach (var set in _rowSets)
        {
            set.RemoveDropped();
            set.AddTo(ref _reach);
        }
    }

    private void ClearUnsettled()
    {
        _unsettled.Clear();
        _originalBytes = 0;
    }

    /// <summary>A row whose id was not asked for yet.</summary>
    /// <param name="Set">Its set.</param>
    /// <param name="Row">Its index there.</param>
    /// <param name="RefusalsBefore">How many refusals came before it.</param>
    /// <param name="OriginalStart">Where its original bytes start.</param>
    /// <param name="OriginalLength">How many there are.</param>
    /// <param name="Repairs">Its repairs.</param>
    private readonly record struct UnsettledRow(
        RowSet Set, int Row, int RefusalsBefore, int OriginalStart, int OriginalLength, ulong Repairs);
}
