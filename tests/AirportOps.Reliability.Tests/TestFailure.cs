namespace AirportOps.Reliability.Tests;

/// <summary>A failure of a given fault.</summary>
internal sealed class TestFailure(Fault fault, string message = "Away.") : FaultException(message, fault, null);
