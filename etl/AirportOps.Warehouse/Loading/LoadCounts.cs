using AirportOps.Cleaning;

namespace AirportOps.Warehouse.Loading;

/// <summary>What became of a window's rows.</summary>
internal sealed class LoadCounts
{
    private readonly long[] _rows = new long[EntityNames.All.Count];

    /// <summary>Rows dropped because staging had their id.</summary>
    internal long Duplicates { get; set; }

    /// <summary>Windows of earlier generations from this ordinal on stand no longer: the window's generation goes on there.</summary>
    internal long ReplacesFrom { get; init; }

    /// <summary>Rows left in place because a window that this one's generation replaces had loaded them.</summary>
    internal long Kept { get; set; }

    /// <summary>Rows loaded.</summary>
    internal long Rows => _rows.Sum();

    internal long this[Entity entity]
    {
        get => _rows[(int)entity];
        set => _rows[(int)entity] = value;
    }
}
