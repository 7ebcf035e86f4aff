namespace AirportOps.Warehouse.Redshift.DataApi;

/// <summary>A statement that was started in a session.</summary>
/// <param name="Id">The statement.</param>
/// <param name="SessionId">The session it runs in.</param>
public readonly record struct SessionStatement(string Id, string SessionId);
