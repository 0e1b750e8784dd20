namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Commands of one cell, by parameter.</summary>
internal sealed class CellCommands
{
    private const int PlainMax = 8;   // so many are asked one by one

    private readonly List<ParameterBucket> _buckets = [];
    private Dictionary<int, ParameterBucket>? _byParameter;   // once there are many

    public List<ParameterBucket> Buckets => _buckets;

    /// <summary>Null = no command has it.</summary>
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

    public void Add(LiveCommand command)
    {
        ParameterBucket? bucket = Find(command.Parameter);
        if (bucket is null)
        {
            bucket = new ParameterBucket(command.Parameter, command.Command.TargetParameter);
            Add(bucket);
        }
        bucket.Add(command);
    }

    /// <summary>Takes a command out; true = it was the last one.</summary>
    public bool Forget(LiveCommand command)
    {
        ParameterBucket bucket = command.Bucket!;
        if (bucket.Forget(command))
        {
            ParameterBucket moved = _buckets[^1];
            _buckets[bucket.PlaceInCell] = moved;
            moved.PlaceInCell = bucket.PlaceInCell;
            _buckets.RemoveAt(_buckets.Count - 1);
            _byParameter?.Remove(bucket.Parameter);
        }
        return _buckets.Count == 0;
    }

    private void Add(ParameterBucket bucket)
    {
        bucket.PlaceInCell = _buckets.Count;
        _buckets.Add(bucket);
        if (_byParameter is not null)
        {
            _byParameter.Add(bucket.Parameter, bucket);
        }
        else if (_buckets.Count > PlainMax)
        {
            _byParameter = [];
            foreach (ParameterBucket one in _buckets)
            {
                _byParameter.Add(one.Parameter, one);
            }
        }
    }
}
