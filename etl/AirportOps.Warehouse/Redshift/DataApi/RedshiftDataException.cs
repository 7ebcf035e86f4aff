using AirportOps.Reliability;

namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>A call of the Data API that got an error or no answer. Whether what it asked for was done is not said.</summary>
/// <param name="errorCode">The service's name for it, as <c>ActiveStatementsExceededException</c>; null when there was no answer.</param>
/// <param name="message">One line.</param>
/// <param name="fault">Outside: throttled, no answer, the service's own fault. Ours: a session that has ended, and with it what was not committed in it.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class RedshiftDataException(string? errorCode, string message, Fault fault, Exception? innerException)
    : WarehouseException(message, fault, innerException)
{
    /// <summary>The code of an id that the service does not know any more: it keeps statements for 24 hours.</summary>
    public const string ResourceNotFound = "ResourceNotFoundException";

    /// <summary>The service's name for it; null when there was no answer.</summary>
    public string? ErrorCode { get; } = errorCode;
}
