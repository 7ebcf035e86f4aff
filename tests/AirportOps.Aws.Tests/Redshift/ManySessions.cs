namespace AirportOps.Aws.Tests.Redshift;

/// <summary>Tests one after another that each leave some 30 sessions, which can't be closed, to a server that takes 50 connections.</summary>
[CollectionDefinition]
public sealed class ManySessions;
