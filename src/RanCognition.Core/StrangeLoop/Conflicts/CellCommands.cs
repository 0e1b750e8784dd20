namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>New commands of one cell, by parameter.</summary>
internal sealed class CellCommands
{
    private readonly List<ParameterBucket> _buckets = [];
    private Dictionary<int, ParameterBucket>? _byParameter;   // when there are many

    private const int PlainMax = 8;

    public IReadOnlyList<ParameterBucket> Buckets => _buckets;

    /// <summary>Null = none of its commands is new.</summary>
    public ParameterBucket? Find(int parameter)
    {
        if (_byParameter is not null)
        {
            return _byParameter.TryGetValue(parameter, out ParameterBucket? found) ? found : null;
        }
        foreach (ParameterBucket bucket in _buckets)
        {
            if (bucket.Parameter == parameter)
            {
                return bucket;
            }
        }
        return null;
    }

    public void Add(LiveCommand command, GroupTable groups)
    {
        ParameterBucket? bucket = Find(command.Parameter);
        if (bucket is null)
        {
            bucket = new ParameterBucket(command.Parameter, groups.GroupsOf(command.Command.TargetParameter));
            _buckets.Add(bucket);
            if (_buckets.Count > PlainMax)
            {
                if (_byParameter is null)
                {
                    _byParameter = [];
                    foreach (ParameterBucket one in _buckets)
                    {
                        _byParameter.Add(one.Parameter, one);
                    }
                }
                else
                {
                    _byParameter.Add(command.Parameter, bucket);
                }
            }
        }
        bucket.Add(command);
    }
}
