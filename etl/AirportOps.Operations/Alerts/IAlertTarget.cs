namespace AirportOps.Operations.Alerts;

/// <summary>Where alerts go besides the log.</summary>
public interface IAlertTarget
{
    /// <summary>The place, for messages.</summary>
    string Name { get; }

    /// <summary>Delivers an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="id">Names the alert: a repeated delivery has the same, so that a place that knows ids takes it once.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="AlertDeliveryException">It was not delivered; it is tried again.</exception>
    Task DeliverAsync(Alert alert, Guid id, CancellationToken cancellationToken);
}
