using System.Globalization;
using AirportOps.Aws.Connecting;
using AirportOps.Reliability;
using AirportOps.Streams;
using AirportOps.Streams.Leases;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Leases;

/// <summary>Leases in a table of Amazon DynamoDB, an item a lease; see <see cref="LeaseItem"/>.</summary>
/// <remarks>
/// Needs <c>dynamodb:DescribeTable</c>, <c>Scan</c>, <c>UpdateItem</c> and <c>DeleteItem</c> on the table, and <c>CreateTable</c> only where it is not
/// there yet. A round of a worker reads the whole table once and writes each of its leases once.
/// </remarks>
public sealed class DynamoDbLeaseStore : ILeaseStore, IDisposable
{
    private const string DescribeTable = "dynamodb:DescribeTable";

    /// <summary>What becomes of the work while the table is away.</summary>
    private const string Meanwhile = "Work goes on as long as its leases last, then rests until they can be renewed.";

    private readonly IAmazonDynamoDB _client;
    private readonly string _table;
    private readonly string? _endpoint;
    private readonly DynamoDbLeaseOptions _options;
    private readonly OutageReporter _outage;
    private readonly Retry _start;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;

    private DynamoDbLeaseStore(IAmazonDynamoDB client, string table, DynamoDbLeaseOptions options, ILogger logger, TimeProvider clock)
    {
        (_client, _table, _options, _logger, _clock) = (client, table, options, logger, clock);
        _endpoint = (client as AmazonDynamoDBClient)?.Config.ServiceURL;
        _outage = new OutageReporter($"lease table {table}", logger, clock);
        _start = new Retry(
            new RetryOptions { FirstDelay = TimeSpan.FromMilliseconds(250), MaxDelay = TimeSpan.FromSeconds(2), FaultOf = FaultAtStart }, clock);
    }

    /// <summary>Names a table to use; nothing is called yet.</summary>
    /// <param name="table">3 to 255 letters, digits, <c>-</c>, <c>_</c> and <c>.</c></param>
    /// <param name="aws">How AWS is reached.</param>
    /// <param name="options">See there.</param>
    /// <param name="logger">Told that the table is away, and that it is back.</param>
    /// <param name="clock">Limits calls, and says when a lease was renewed.</param>
    /// <exception cref="UsageException">The name is none.</exception>
    /// <exception cref="StreamException">There is no region.</exception>
    public static DynamoDbLeaseStore Open(string table, AwsOptions aws, DynamoDbLeaseOptions options, ILogger logger, TimeProvider clock)
    {
        options.Validate();
        if (table is not { Length: >= 3 and <= 255 } || !table.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            throw new UsageException($"'{table}' is no name of a DynamoDB table: expected 3 to 255 letters, digits, '-', '_' and '.'");
        }

        try
        {
            return new DynamoDbLeaseStore(new AwsClients(aws).DynamoDb(), table, options, logger, clock);
        }
        catch (AmazonClientException unfit)
        {
            // Without a region there is no client.
            throw Failure(table, AwsTrouble.Of(unfit, DescribeTable, $"table/{table}", aws.Endpoint), unfit);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A table that is not there is created, paid by request. Before any work is begun throttling is waited out, and an outage for
    /// <see cref="DynamoDbLeaseOptions.StartPatience"/>.
    /// </remarks>
    public Task EnsureReadyAsync(CancellationToken cancellationToken) => _start.RunAsync(
        async stop =>
        {
            var status = await StatusAsync(stop).ConfigureAwait(false);
            if (status is null)
            {
                await CreateAsync(stop).ConfigureAwait(false);
            }

            return status == TableStatus.ACTIVE || status == TableStatus.UPDATING
                ? true
                : throw new StreamException(
                    $"The lease table {_table} is {status?.Value ?? "just created"}; wait until it is active, or name another.", Fault.Outside, null);
        },
        static _ => { },
        failure => IsThrottled(failure) ? Timeout.InfiniteTimeSpan : _options.StartPatience,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Lease>> ListAsync(string keyPrefix, CancellationToken cancellationToken)
    {
        var leases = new List<Lease>();
        var request = new ScanRequest
        {
            TableName = _table,
            ConsistentRead = true,
            FilterExpression = $"begins_with({LeaseItem.Key}, :prefix)",
            ExpressionAttributeValues = new() { [":prefix"] = new AttributeValue(keyPrefix) },
        };
        do
        {
            var page = await CallAsync("dynamodb:Scan", stop => _client.ScanAsync(request, stop), cancellationToken).ConfigureAwait(false);
            leases.AddRange((page.Items ?? []).Select(item => LeaseItem.Read(_table, item)));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return leases;
    }

    /// <inheritdoc/>
    public async Task<bool> TryTakeAsync(string key, Lease? seen, string worker, CancellationToken cancellationToken) => await UpdateAsync(
        key,
        "SET #owner = :worker, #renewed = :now REMOVE #wanted ADD #counter :one",
        seen is null ? "attribute_not_exists(#key)" : "#counter = :seen AND attribute_not_exists(#ended)",
        worker,
        seen,
        cancellationToken).ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public Task<Lease?> TryRenewAsync(string key, string worker, CancellationToken cancellationToken) =>
        UpdateAsync(key, "SET #renewed = :now ADD #counter :one", "#owner = :worker", worker, null, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> TryAskAsync(Lease seen, string worker, CancellationToken cancellationToken) => await UpdateAsync(
        seen.Key, "SET #wanted = :worker", "#owner = :owner AND attribute_not_exists(#wanted)", worker, seen, cancellationToken)
        .ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public Task WithdrawAsync(string key, string worker, CancellationToken cancellationToken) =>
        UpdateAsync(key, "REMOVE #wanted", "#wanted = :worker", worker, null, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> TryReleaseAsync(string key, string worker, string? successor, bool isEnded, CancellationToken cancellationToken)
    {
        var (update, who) = (isEnded, successor) switch
        {
            (true, _) => ("SET #ended = :true REMOVE #owner, #wanted ADD #counter :one", worker),
            (_, null) => ("REMOVE #owner, #wanted ADD #counter :one", worker),
            _ => ("SET #owner = :successor REMOVE #wanted ADD #counter :one", successor),
        };
        return await UpdateAsync(key, update, "#owner = :worker", worker, null, cancellationToken, successor: who).ConfigureAwait(false) is not null;
    }

    /// <inheritdoc/>
    public async Task<bool> TryReopenAsync(Lease seen, CancellationToken cancellationToken) => await UpdateAsync(
        seen.Key, "REMOVE #ended ADD #counter :one", "#counter = :seen", null, seen, cancellationToken).ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public async Task DeleteAsync(Lease seen, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = _table,
            Key = new() { [LeaseItem.Key] = new AttributeValue(seen.Key) },
            ConditionExpression = "#counter = :seen",
            ExpressionAttributeNames = new() { ["#counter"] = LeaseItem.Counter },
            ExpressionAttributeValues = new() { [":seen"] = Number(seen.Counter) },
        };
        try
        {
            await CallAsync("dynamodb:DeleteItem", stop => _client.DeleteItemAsync(request, stop), cancellationToken).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException)
        {
            // It is not as it was seen, so it stays.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Changes an item if a condition holds; only the names and values that the expressions use are sent, as the service wants it.</summary>
    /// <returns>The lease as it is then; null: the condition does not hold.</returns>
    private async Task<Lease?> UpdateAsync(
        string key, string update, string condition, string? worker, Lease? seen, CancellationToken cancellationToken, string? successor = null)
    {
        var expressions = $"{update} {condition} ";
        var request = new UpdateItemRequest
        {
            TableName = _table,
            Key = new() { [LeaseItem.Key] = new AttributeValue(key) },
            UpdateExpression = update,
            ConditionExpression = condition,
            ReturnValues = ReturnValue.ALL_NEW,
            ExpressionAttributeNames = Used(
                [
                    ("#key", LeaseItem.Key), ("#owner", LeaseItem.Owner), ("#counter", LeaseItem.Counter), ("#wanted", LeaseItem.WantedBy),
                    ("#ended", LeaseItem.Ended), ("#renewed", LeaseItem.Renewed),
                ]),
            ExpressionAttributeValues = Used(
                [
                    (":worker", new AttributeValue(worker)), (":successor", new AttributeValue(successor)), (":owner", new AttributeValue(seen?.Owner)),
                    (":seen", Number(seen?.Counter ?? 0)), (":one", Number(1)), (":true", new AttributeValue { BOOL = true }),
                    (":now", new AttributeValue(_clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))),
                ]),
        };
        try
        {
            var answer = await CallAsync("dynamodb:UpdateItem", stop => _client.UpdateItemAsync(request, stop), cancellationToken).ConfigureAwait(false);
            return LeaseItem.Read(_table, answer.Attributes);
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }

        Dictionary<string, T> Used<T>(IEnumerable<(string Name, T Value)> all) =>
            all.Where(one => expressions.Contains(one.Name, StringComparison.Ordinal)).ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
    }

    private async Task<TableStatus?> StatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeTableRequest { TableName = _table };
            return (await CallAsync(DescribeTable, stop => _client.DescribeTableAsync(request, stop), cancellationToken).ConfigureAwait(false))
                .Table.TableStatus;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var request = new CreateTableRequest
        {
            TableName = _table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement(LeaseItem.Key, KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition(LeaseItem.Key, ScalarAttributeType.S)],
        };
        try
        {
            await CallAsync("dynamodb:CreateTable", stop => _client.CreateTableAsync(request, stop), cancellationToken).ConfigureAwait(false);
            Log.LeaseTableCreated(_logger, _table);
        }
        catch (ResourceInUseException)
        {
            // Another worker was faster.
        }
    }

    /// <summary>Calls the service. Trouble of any kind is told once when it begins, and its end is told once.</summary>
    /// <exception cref="StreamException">Trouble, but for conditions that don't hold and tables that are not there or are there already.</exception>
    private async Task<T> CallAsync<T>(string action, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var isFirst = action is DescribeTable or "dynamodb:CreateTable";
        using var timeout = new CancellationTokenSource(isFirst ? _options.StartTimeout : _options.CallTimeout, _clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var answer = await call(stop.Token).ConfigureAwait(false);
            _outage.End();
            return answer;
        }
        catch (Exception exception) when (exception is ConditionalCheckFailedException or ResourceInUseException)
        {
            _outage.End();
            throw;
        }
        catch (ResourceNotFoundException) when (action == DescribeTable)
        {
            // It works again once the table is created.
            throw;
        }
        catch (ResourceNotFoundException missing)
        {
            throw new StreamException(
                $"There is no lease table {_table} in this account and region ({_endpoint ?? (_client as AmazonDynamoDBClient)?.Config.RegionEndpoint?.SystemName});"
                + " check its name and AWS_REGION. The first worker that starts with it creates it.",
                Fault.Operator,
                missing);
        }
        catch (Exception exception) when (AwsTrouble.IsOfAws(exception, cancellationToken))
        {
            var trouble = Describe(exception, action);
            if (trouble.Fault is Fault.Outside)
            {
                _outage.Meet($"{trouble.Cause}. {Meanwhile}");
            }

            throw Failure(_table, trouble, exception);
        }
    }

    /// <summary>An error of the program is not waited for: nothing was done yet that another try could complete.</summary>
    private static Fault FaultAtStart(Exception failure) => failure is StreamException { Fault: Fault.Outside } ? Fault.Outside : Fault.Operator;

    private bool IsThrottled(Exception failure) => failure.InnerException is { } cause && Describe(cause, DescribeTable).Kind is AwsTroubleKind.Throttled;

    private static StreamException Failure(string table, AwsTrouble trouble, Exception exception) =>
        new($"The lease table {table} can't be used: {trouble.Cause}.", trouble.Fault, exception);

    private AwsTrouble Describe(Exception exception, string action) => AwsTrouble.Of(exception, action, $"table/{_table}", _endpoint);

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}
