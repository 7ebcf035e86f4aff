using System.Globalization;

namespace AirportOps.Testing;

/// <summary>Waits that end: each has a deadline and names what it waited for.</summary>
public static class Deadline
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until something is so.</summary>
    /// <param name="what">What is waited for, as in "not within 60 s: WHAT".</param>
    /// <param name="isSo">Asked again and again.</param>
    /// <param name="atMost">For how long.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">It is still not so.</exception>
    public static Task UntilAsync(string what, Func<bool> isSo, TimeSpan atMost, CancellationToken cancellationToken) =>
        UntilAsync(what, () => Task.FromResult(isSo()), atMost, cancellationToken);

    /// <inheritdoc cref="UntilAsync(string, Func{bool}, TimeSpan, CancellationToken)"/>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) > atMost)
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"not within {atMost.TotalSeconds:0} s: {what}"));
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }
}
