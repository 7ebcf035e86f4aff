namespace AirportOps.Cli.Tests.Damages;

/// <summary>Tests that damage one pipeline, one after another; each brings it back first.</summary>
[CollectionDefinition]
public sealed class OneDamagedPipeline : ICollectionFixture<DamagedPipeline>;
