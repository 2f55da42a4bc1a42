//! What can be told wrong before a query is run: names, properties, places of aggregates.

use super::property;
use super::syntax::{Clause, Expression, Is, Name, Path, Projection};
use crate::lexicon::problem::nearest;
use crate::query::Fault;

/// What a name stands for, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Node,
    Edge,
    Any,
}

type Known = Vec<(String, Sort)>;

pub(super) fn check(text: &str, clauses: &[Clause]) -> Result<(), Fault> {
    let mut known: Known = Vec::new();
    for clause in clauses {
        match clause {
            Clause::Match { paths, condition, .. } => {
                let mut inside = known.clone();
                add_paths(text, paths, &mut inside, &known)?;
                path_values(text, paths, &inside)?;
                if let Some(condition) = condition {
                    expression(text, condition, &inside, false)?;
                }
                known = inside;
            }
            Clause::Unwind { list, name } => {
                expression(text, list, &known, false)?;
                fresh(text, name, &known)?;
                known.push((name.text.clone(), Sort::Any));
            }
            Clause::Project { projection, condition, is_return } => {
                known = project(text, projection, &known, *is_return)?;
                if let Some(condition) = condition {
                    expression(text, condition, &known, false)?;
                }
            }
        }
    }
    Ok(())
}

fn project(text: &str, projection: &Projection, known: &Known, is_return: bool) -> Result<Known, Fault> {
    let mut next: Known = if projection.star { known.clone() } else { Vec::new() };
    if projection.star && known.is_empty() && projection.items.is_empty() {
        return Err(Fault::new(text, 0..1, "`*` stands for every name, but there is none"));
    }
    for item in &projection.items {
        expression(text, &item.expression, known, true)?;
        let sort = match &item.expression.is {
            Is::Variable(name) => known.iter().find(|(n, _)| n == name).map_or(Sort::Any, |(_, sort)| *sort),
            _ => Sort::Any,
        };
        let renamed = !matches!(&item.expression.is, Is::Variable(name) if *name == item.name);
        let words: String =
            text.chars().skip(item.expression.place.start).take(item.name.chars().count()).collect();
        if !is_return && renamed && words == item.name {
            let fault = Fault::new(text, item.expression.place.clone(), "what WITH hands on needs a name");
            return Err(fault.hint(format!("write `{} AS name`", item.name)));
        }
        if next.iter().any(|(name, _)| *name == item.name) {
            let what = format!("two columns are called `{}`", item.name);
            return Err(
                Fault::new(text, item.expression.place.clone(), what).hint("name one of them: … AS name")
            );
        }
        next.push((item.name.clone(), sort));
    }
    let mut both = next.clone();
    both.extend(known.iter().cloned());
    for (order, _) in &projection.order {
        let aggregates = projection.items.iter().any(|item| item.expression.has_aggregate());
        expression(text, order, &both, aggregates)?;
    }
    Ok(next)
}

/// The names of paths, each of its sort.
fn add_paths(text: &str, paths: &[Path], inside: &mut Known, before: &Known) -> Result<(), Fault> {
    for path in paths {
        for node in path.nodes.iter().filter_map(|node| node.name.as_ref()) {
            match inside.iter().find(|(name, _)| *name == node.text) {
                None => inside.push((node.text.clone(), Sort::Node)),
                Some((_, Sort::Edge)) => {
                    let what = format!("`{}` is a relationship, and cannot be a node too", node.text);
                    return Err(Fault::new(text, node.place.clone(), what));
                }
                Some(_) => {}
            }
        }
        for edge in &path.edges {
            let Some(name) = &edge.name else { continue };
            fresh(text, name, inside)?;
            // A chain's name is a list of relationships.
            inside.push((name.text.clone(), if edge.hops.is_some() { Sort::Any } else { Sort::Edge }));
        }
        if let Some(name) = &path.name {
            fresh(text, name, inside)?;
            fresh(text, name, before)?;
            inside.push((name.text.clone(), Sort::Any));
        }
    }
    Ok(())
}

fn path_values(text: &str, paths: &[Path], known: &Known) -> Result<(), Fault> {
    for path in paths {
        let nodes =
            path.nodes.iter().flat_map(|node| node.properties.iter().map(|map| (map, property::NODE)));
        let edges =
            path.edges.iter().flat_map(|edge| edge.properties.iter().map(|map| (map, property::EDGE)));
        for ((name, value), names) in nodes.chain(edges) {
            has_property(text, name, names)?;
            expression(text, value, known, false)?;
        }
    }
    Ok(())
}

fn fresh(text: &str, name: &Name, known: &Known) -> Result<(), Fault> {
    if known.iter().any(|(known, _)| *known == name.text) {
        let fault = Fault::new(text, name.place.clone(), format!("`{}` is given twice", name.text));
        return Err(fault.hint("give one of them another name"));
    }
    Ok(())
}

fn expression(text: &str, of: &Expression, known: &Known, aggregates: bool) -> Result<(), Fault> {
    match &of.is {
        Is::Variable(name) if !known.iter().any(|(known, _)| known == name) => {
            let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
            let fault = Fault::new(text, of.place.clone(), format!("`{name}` is not known here"));
            return Err(match nearest(name, &names) {
                Some(near) => {
                    fault.hint(format!("did you mean `{near}`? Text stands in quotation marks: '{name}'"))
                }
                None => fault
                    .hint(format!("name it in MATCH: ({name}); text stands in quotation marks: '{name}'")),
            });
        }
        Is::Property(inner, name) => {
            if let Is::Variable(variable) = &inner.is {
                match known.iter().find(|(known, _)| known == variable).map(|(_, sort)| sort) {
                    Some(Sort::Node) => has_property(text, name, property::NODE)?,
                    Some(Sort::Edge) => has_property(text, name, property::EDGE)?,
                    _ => {}
                }
            }
        }
        Is::Call { function, arguments, .. } if function.is_aggregate() => {
            if !aggregates {
                let fault =
                    Fault::new(text, of.place.clone(), "what makes one value of many rows cannot stand here");
                return Err(fault.hint("hand it on first: WITH a, count(*) AS n WHERE n > 1"));
            }
            if let Some(inner) = arguments.iter().find(|argument| argument.has_aggregate()) {
                return Err(Fault::new(text, inner.place.clone(), "this is counted twice"));
            }
        }
        Is::Exists(paths, condition) => {
            let mut inside = known.clone();
            add_paths(text, paths, &mut inside, known)?;
            path_values(text, paths, &inside)?;
            if let Some(condition) = condition {
                expression(text, condition, &inside, false)?;
            }
        }
        _ => {}
    }
    of.parts().into_iter().try_for_each(|part| expression(text, part, known, aggregates))
}

fn has_property(text: &str, name: &Name, names: &[&str]) -> Result<(), Fault> {
    if names.contains(&name.text.as_str()) {
        return Ok(());
    }
    let what = if names.len() == property::NODE.len() { "nodes have" } else { "relationships have" };
    let fault = Fault::new(text, name.place.clone(), format!("{what} no property `{}`", name.text));
    Err(match nearest(&name.text, names) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault.hint(format!("the properties are {}", names.join(", "))),
    })
}
