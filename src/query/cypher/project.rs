//! `RETURN` and `WITH`: rows are gathered, grouped, sorted and cut.
//!
//! Rows are taken one by one; with an aggregate only the groups are kept. The items without an
//! aggregate are what rows are grouped by, as in openCypher.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::evaluate::{Evaluator, Scope};
use super::syntax::{Expression, Function, Is, Projection};
use super::value::Value;
use crate::query::Fault;

/// One output row, and what its order may still ask for.
struct Made<'a> {
    values: Vec<Value<'a>>,
    order: Vec<Value<'a>>,
}

/// A group of rows with the same keys.
struct Group<'a> {
    /// The first row of the group.
    row: Vec<Value<'a>>,
    sums: Vec<Sum<'a>>,
}

/// What an aggregate has come to so far.
struct Sum<'a> {
    seen: Option<HashSet<String>>,
    count: usize,
    list: Vec<Value<'a>>,
    total: Value<'a>,
    best: Option<Value<'a>>,
}

/// Takes rows and makes the output.
pub(super) struct Gather<'g, 'a> {
    projection: &'a Projection,
    names: &'g [String],
    /// The names of the output.
    pub columns: Vec<String>,
    aggregates: Vec<&'a Expression>,
    groups: Vec<Group<'a>>,
    by_key: HashMap<String, usize>,
    seen: HashSet<String>,
    made: Vec<Made<'a>>,
    most: usize,
    /// Rows and elements of lists that are kept.
    kept: usize,
}

impl<'g, 'a> Gather<'g, 'a> {
    /// `names` are those of the rows that will come; at most `most` rows are kept.
    pub(super) fn new(projection: &'a Projection, names: &'g [String], most: usize) -> Gather<'g, 'a> {
        let star = names.iter().filter(|_| projection.star).cloned();
        let columns = star.chain(projection.items.iter().map(|item| item.name.clone())).collect();
        let items = projection.items.iter().map(|item| &item.expression);
        let order = projection.order.iter().map(|(expression, _)| expression);
        let aggregates: Vec<&Expression> = items.chain(order).flat_map(Expression::aggregates).collect();
        Gather {
            projection,
            names,
            columns,
            aggregates,
            groups: Vec::new(),
            by_key: HashMap::new(),
            seen: HashSet::new(),
            made: Vec::new(),
            most,
            kept: 0,
        }
    }

    /// Takes a row; false if no more are needed.
    pub(super) fn take(&mut self, evaluator: &Evaluator<'a>, row: &[Value<'a>]) -> Result<bool, Fault> {
        let scope = Scope::of(self.names, row);
        if self.kept > self.most {
            let fault =
                Fault::new(evaluator.text, 0..1, format!("the query makes more than {} rows", self.most));
            return Err(fault.hint("add LIMIT, or a label, a type or a narrower WHERE"));
        }
        if self.aggregates.is_empty() {
            self.make(evaluator, &scope)?;
            let enough = self.projection.limit.map(|limit| limit.saturating_add(self.projection.skip));
            return Ok(
                !self.projection.order.is_empty() || enough.is_none_or(|enough| self.made.len() < enough)
            );
        }
        let mut key = String::new();
        if self.projection.star {
            row.iter().for_each(|value| value.write_key(&mut key));
        }
        for item in self.projection.items.iter().filter(|item| !item.expression.has_aggregate()) {
            evaluator.value(&item.expression, &scope)?.write_key(&mut key);
        }
        let group = match self.by_key.get(&key) {
            Some(group) => *group,
            None => {
                self.kept += 1;
                self.by_key.insert(key, self.groups.len());
                self.groups.push(Group {
                    row: row.to_vec(),
                    sums: self.aggregates.iter().map(|a| Sum::new(a)).collect(),
                });
                self.groups.len() - 1
            }
        };
        let Some(group) = self.groups.get_mut(group) else { return Ok(true) };
        for (aggregate, sum) in self.aggregates.iter().zip(&mut group.sums) {
            self.kept += sum.add(evaluator, aggregate, &scope)?;
        }
        Ok(true)
    }

    /// The rows of the output, in their order.
    pub(super) fn finish(mut self, evaluator: &Evaluator<'a>) -> Result<Vec<Vec<Value<'a>>>, Fault> {
        if !self.aggregates.is_empty() {
            // Nothing to group by: one row, also of no rows.
            let keys = self.projection.star
                || self.projection.items.iter().any(|item| !item.expression.has_aggregate());
            if self.groups.is_empty() && !keys {
                let row = vec![Value::Null; self.names.len()];
                self.groups.push(Group { row, sums: self.aggregates.iter().map(|a| Sum::new(a)).collect() });
            }
            for group in std::mem::take(&mut self.groups) {
                let values: BTreeMap<(usize, usize), Value<'a>> = self
                    .aggregates
                    .iter()
                    .zip(group.sums)
                    .map(|(aggregate, sum)| {
                        ((aggregate.place.start, aggregate.place.end), sum.end(aggregate))
                    })
                    .collect();
                let scope = Scope { aggregates: Some(&values), ..Scope::of(self.names, &group.row) };
                self.make(evaluator, &scope)?;
            }
        }
        let order = &self.projection.order;
        self.made.sort_by(|a, b| {
            let each = a.order.iter().zip(&b.order).zip(order);
            let mut differ =
                each.map(|((a, b), (_, falling))| if *falling { b.order(a) } else { a.order(b) });
            differ.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
        let rows = self.made.into_iter().map(|made| made.values).skip(self.projection.skip);
        Ok(rows.take(self.projection.limit.unwrap_or(usize::MAX)).collect())
    }

    /// Makes an output row.
    fn make(&mut self, evaluator: &Evaluator<'a>, scope: &Scope<'_, 'a>) -> Result<(), Fault> {
        let mut values: Vec<Value<'a>> =
            if self.projection.star { scope.values.to_vec() } else { Vec::new() };
        for item in &self.projection.items {
            values.push(evaluator.value(&item.expression, scope)?);
        }
        if self.projection.distinct {
            let mut key = String::new();
            values.iter().for_each(|value| value.write_key(&mut key));
            if !self.seen.insert(key) {
                return Ok(());
            }
        }
        self.kept += 1;
        // The order may ask for the new names, and for what the row was made of.
        let columns = &self.columns;
        let more = |name: &str| {
            let place = columns.iter().position(|column| column == name)?;
            values.get(place).cloned()
        };
        let scope = Scope { more: Some(&more), ..*scope };
        let order = self.projection.order.iter().map(|(expression, _)| {
            let item = self.projection.items.iter().position(|item| item.expression.is == expression.is);
            match item.and_then(|item| values.get(values.len() - self.projection.items.len() + item)) {
                Some(value) => Ok(value.clone()),
                None => evaluator.value(expression, &scope),
            }
        });
        let order = order.collect::<Result<Vec<_>, Fault>>()?;
        self.made.push(Made { values, order });
        Ok(())
    }
}

impl<'a> Sum<'a> {
    fn new(aggregate: &Expression) -> Sum<'a> {
        let distinct = matches!(&aggregate.is, Is::Call { distinct: true, .. });
        Sum {
            seen: distinct.then(HashSet::new),
            count: 0,
            list: Vec::new(),
            total: Value::Int(0),
            best: None,
        }
    }

    /// Adds a row; the number of values that it keeps.
    fn add(
        &mut self,
        evaluator: &Evaluator<'a>,
        aggregate: &'a Expression,
        scope: &Scope<'_, 'a>,
    ) -> Result<usize, Fault> {
        let Is::Call { function, arguments, .. } = &aggregate.is else { return Ok(0) };
        let Some(argument) = arguments.first() else {
            self.count += 1;
            return Ok(0);
        };
        let value = evaluator.value(argument, scope)?;
        if value == Value::Null {
            return Ok(0);
        }
        if let Some(seen) = &mut self.seen {
            let mut key = String::new();
            value.write_key(&mut key);
            if !seen.insert(key) {
                return Ok(0);
            }
        }
        self.count += 1;
        match function {
            Function::Collect => {
                self.list.push(value);
                return Ok(1);
            }
            Function::Min | Function::Max => {
                let better = |best: &Value<'_>| {
                    let wanted = if *function == Function::Min { Ordering::Less } else { Ordering::Greater };
                    value.order(best) == wanted
                };
                if self.best.as_ref().is_none_or(better) {
                    self.best = Some(value);
                }
            }
            Function::Sum | Function::Avg => {
                if value.number().is_none() {
                    return Err(evaluator.fault(aggregate, format!("{} cannot be added up", value.sort())));
                }
                let total = std::mem::replace(&mut self.total, Value::Null);
                self.total = match (total, value) {
                    (Value::Int(a), Value::Int(b)) => {
                        a.checked_add(b).map_or(Value::Float(a as f64 + b as f64), Value::Int)
                    }
                    (a, b) => Value::Float(a.number().unwrap_or(0.0) + b.number().unwrap_or(0.0)),
                };
            }
            _ => {}
        }
        Ok(usize::from(self.seen.is_some()))
    }

    fn end(self, aggregate: &Expression) -> Value<'a> {
        let Is::Call { function, .. } = &aggregate.is else { return Value::Null };
        match function {
            Function::Count => Value::count(self.count),
            Function::Collect => Value::List(self.list),
            Function::Min | Function::Max => self.best.unwrap_or(Value::Null),
            Function::Sum => self.total,
            Function::Avg if self.count > 0 => {
                Value::Float(self.total.number().unwrap_or(0.0) / self.count as f64)
            }
            _ => Value::Null,
        }
    }
}
