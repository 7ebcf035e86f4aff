namespace AirportOps.Pipeline.Windows;

/// <summary>When a window closes: at whichever comes first.</summary>
/// <param name="Age">Time since its first record was read, from 1 ms. 60 s suits a service on AWS, 1 s one machine.</param>
/// <param name="Records">Records in it, from 1.</param>
/// <param name="Bytes">Bytes of their data, from 1. The cleaner holds a window in memory, about three times this.</param>
public sealed record WindowLimits(TimeSpan Age, int Records, long Bytes);
