namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>How a statement stands, by the service's names.</summary>
public enum StatementStatus
{
    /// <summary>Taken in.</summary>
    Submitted,

    /// <summary>Chosen to run.</summary>
    Picked,

    /// <summary>Running.</summary>
    Started,

    /// <summary>Done; a batch is committed.</summary>
    Finished,

    /// <summary>Stopped by a user or by the service.</summary>
    Aborted,

    /// <summary>Refused by the database; of a batch nothing is done.</summary>
    Failed,
}
