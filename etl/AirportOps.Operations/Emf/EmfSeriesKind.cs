namespace AirportOps.Operations.Emf;

/// <summary>How the measurements of a metric add up.</summary>
internal enum EmfSeriesKind
{
    /// <summary>Counters: their sum.</summary>
    Sum,

    /// <summary>Gauges: the greatest, which is the worst of lags and ages.</summary>
    Greatest,

    /// <summary>Histograms: every value.</summary>
    Values,
}
