using AirportOps.Aws.Leases;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Reliability;
using AirportOps.Streams;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace AirportOps.Aws.Tests.Leases;

/// <summary>Trouble with a lease table, and what is in it.</summary>
public sealed class DynamoDbLeaseStoreTests(AwsEmulators emulators)
{
    private readonly RecordingLogger _logger = new();
    private readonly string _table = $"leases-{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_that_is_not_there_is_created_once_and_paid_by_request()
    {
        var dynamoDb = await emulators.DynamoDbAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Open(dynamoDb).EnsureReadyAsync(Token)));

        using var client = TestAws.Clients(dynamoDb).DynamoDb();
        var table = (await client.DescribeTableAsync(_table, Token)).Table;
        Assert.Equal(BillingMode.PAY_PER_REQUEST, table.BillingModeSummary?.BillingMode ?? BillingMode.PAY_PER_REQUEST);
        Assert.Equal(("lease_key", ScalarAttributeType.S), (table.KeySchema.Single().AttributeName, table.AttributeDefinitions.Single().AttributeType));
        Assert.Equal([$"6203 Information: The lease table {_table} was not there and is created, paid by request."], _logger.Lines);
    }

    [Fact]
    public async Task A_table_that_is_away_is_told_once_and_that_it_is_back_once()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync(await emulators.DynamoDbAsync());
        var store = Open(endpoint.Url);
        await store.EnsureReadyAsync(Token);
        await store.TryTakeAsync("k", null, "a", Token);
        _logger.Lines.Clear();
        endpoint.Next(request => request.Operation == "UpdateItem", 3, Happenings.Error("ProvisionedThroughputExceededException"));

        for (var i = 0; i < 3; i++)
        {
            var away = await Assert.ThrowsAsync<StreamException>(() => store.TryRenewAsync("k", "a", Token));
            Assert.Equal(Fault.Outside, away.Fault);
        }

        Assert.Equal(2, (await store.TryRenewAsync("k", "a", Token))!.Counter);
        await store.TryRenewAsync("k", "a", Token);
        Assert.Equal(
            [
                $"9001 Warning: lease table {_table} waits: dynamodb:UpdateItem is throttled (ProvisionedThroughputExceededException); it goes on by itself, slower."
                    + " Work goes on as long as its leases last, then rests until they can be renewed.",
                $"9003 Information: lease table {_table} goes on after 0 s.",
            ],
            _logger.Lines);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_trouble_that_passes()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync(await emulators.DynamoDbAsync());
        var store = Open(endpoint.Url, new DynamoDbLeaseOptions { CallTimeout = TimeSpan.FromMilliseconds(50) });
        endpoint.Next(_ => true, 1, Happenings.Late(TimeSpan.FromSeconds(1)));

        var away = await Assert.ThrowsAsync<StreamException>(() => store.ListAsync("", Token));

        Assert.Equal(Fault.Outside, away.Fault);
        Assert.Contains("does not answer (it took too long)", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_told_with_the_action_and_the_table()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Next(_ => true, 100, Happenings.Error("AccessDeniedException", "not you"));

        var refused = await Assert.ThrowsAsync<StreamException>(() => Open(endpoint.Url).EnsureReadyAsync(Token));

        Assert.Equal(
            $"The lease table {_table} can't be used: access denied: allow dynamodb:DescribeTable on table/{_table} in the policy of the credentials in use (not you).",
            refused.Message);
        Assert.Equal(Fault.Operator, refused.Fault);
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_named_to_who_only_looks()
    {
        var dynamoDb = await emulators.DynamoDbAsync();

        var missing = await Assert.ThrowsAsync<StreamException>(() => Open(dynamoDb).ListAsync("", Token));

        Assert.StartsWith($"There is no lease table {_table} in this account and region (", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_is_no_lease_is_named()
    {
        var dynamoDb = await emulators.DynamoDbAsync();
        var store = Open(dynamoDb);
        await store.EnsureReadyAsync(Token);
        using var client = TestAws.Clients(dynamoDb).DynamoDb();
        await client.PutItemAsync(_table, new() { ["lease_key"] = new AttributeValue("mine") }, Token);

        var wrong = await Assert.ThrowsAsync<StreamException>(() => store.ListAsync("", Token));

        Assert.Equal($"The item 'mine' of table {_table} is no lease: it has no number as 'counter'. Delete it, or name another table.", wrong.Message);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("a/b/c")]
    public void What_is_no_name_of_a_table_is_refused(string name) => Assert.Throws<UsageException>(
        () => DynamoDbLeaseStore.Open(name, TestAws.Options(new Uri("http://127.0.0.1:1")), new(), _logger, TimeProvider.System));

    private DynamoDbLeaseStore Open(Uri endpoint, DynamoDbLeaseOptions? options = null) => DynamoDbLeaseStore.Open(
        _table,
        TestAws.Options(endpoint) with { MaxAttempts = 1 },
        options ?? new DynamoDbLeaseOptions { CallTimeout = TimeSpan.FromMinutes(1) },
        _logger,
        TimeProvider.System);
}
