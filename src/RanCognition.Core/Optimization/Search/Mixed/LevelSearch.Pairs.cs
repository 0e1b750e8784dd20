namespace RanCognition.Optimization.Search.Mixed;

// Changes of two variables at once.
internal sealed partial class LevelSearch
{
    private const int PairRows = 8;

    /// <summary>Tries changes of two variables, in random order and each pair once, until one gains or so many points were tried.</summary>
    /// <returns>Afterwards <see cref="HasPairGained"/> says which.</returns>
    public IEnumerable<Batch> TryPairs(long rowsMax)
    {
        HasPairGained = false;
        long count = _variables.Length, pairs = count * (count - 1) / 2;
        if (pairs == 0)
        {
            yield break;
        }
        rowsMax = Math.Min(rowsMax, pairs);
        long place = _random.NextBelow((int)pairs), stride = Stride(pairs);
        for (long tried = 0; tried < rowsMax && !HasPairGained;)
        {
            _rows = 0;
            for (; _rows < PairRows && tried < rowsMax; tried++)
            {
                AddPair(place);
                place = (place + stride) % pairs;
            }
            yield return _batch;
            for (int row = 0; row < _rows; row++)
            {
                if (Gains(row))
                {
                    Place(_batch, row);
                    HasPairGained = true;
                }
            }
        }
    }

    /// <summary>A step that comes to every one of so many places before it comes back: they have no common divisor.</summary>
    private static long Stride(long count)
    {
        for (long stride = (long)(0.618 * count) + 1; ; stride++)
        {
            long divisor = count, rest = stride % count;
            while (rest != 0)
            {
                (divisor, rest) = (rest, divisor % rest);
            }
            if (divisor == 1 || count == 1)
            {
                return stride;
            }
        }
    }

    public bool HasPairGained { get; private set; }

    /// <summary>Adds a change of the pair of variables of this place in the list (1,0), (2,0), (2,1), (3,0) ..</summary>
    private void AddPair(long place)
    {
        long second = (long)((1 + Math.Sqrt(1 + 8.0 * place)) / 2);
        second -= second * (second - 1) / 2 > place ? 1 : 0;
        int i = _variables[second], j = _variables[place - second * (second - 1) / 2];
        int ofI = _space.Level(i, Best.Point[i]), ofJ = _space.Level(j, Best.Point[j]), levelsI = _space.LevelCount(i), levelsJ = _space.LevelCount(j);
        bool swaps = levelsI == levelsJ && ofI != ofJ && (levelsI == 2 || _random.NextDouble() < 0.5);
        int newI = swaps ? ofJ : Changed(i, levelsI, ofI), newJ = swaps ? ofI : Changed(j, levelsJ, ofJ);
        AddRow(i);
        _batch.Point(_rows - 1)[i] = _space.Middle(i, newI);
        _batch.Point(_rows - 1)[j] = _space.Middle(j, newJ);
    }

    private int Changed(int variable, int levels, int level)
    {
        if (_space.IsCategory(variable) || levels <= FewLevels || _random.NextDouble() < 0.25)
        {
            return Other(levels, level);
        }
        int changed = level + Sign();
        return changed < 0 ? 1 : changed >= levels ? levels - 2 : changed;
    }
}
