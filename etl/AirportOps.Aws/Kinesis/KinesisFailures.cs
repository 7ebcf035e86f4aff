using AirportOps.Aws.Connecting;
using AirportOps.Reliability;
using AirportOps.Streams;

namespace AirportOps.Aws.Kinesis;

/// <summary>
/// Failures in a row of one reader or writer. Neither can stay in a call until it works: a reader gives way to its caller, who closes windows meanwhile, and a
/// writer has other requests under way. Both try again at a pace of their own, for as long as this allows it. For one caller at a time.
/// </summary>
/// <param name="place">Names the stream and its options.</param>
/// <param name="outage">Told that trouble came and went.</param>
/// <param name="clock">Measures patience.</param>
internal sealed class KinesisFailures(KinesisPlace place, OutageReporter outage, TimeProvider clock)
{
    private readonly FailureSeries _failures = new(place.Options.Calls, clock);

    /// <summary>A call worked.</summary>
    public void End()
    {
        _failures.Reset();
        outage.End();
    }

    /// <summary>A call failed: returns when it is to be tried again.</summary>
    /// <param name="exception">Of the SDK or the transport.</param>
    /// <param name="action">As policies name it.</param>
    /// <exception cref="StreamException">Waiting does not help, or has been tried long enough.</exception>
    public void Meet(Exception exception, string action)
    {
        var failure = new AwsFailure(place.Describe(exception, action), exception);
        if (!_failures.MayRepeat(failure, failed => AwsFailure.PatienceWith(failed, _ => place.Options.Patience)))
        {
            throw place.Failure(failure.Trouble, exception);
        }

        outage.Meet(failure.Message);
    }
}
